using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Npm;

/// <summary>The real npm client and the real program, each in a process of its own, by the machine's own clock.</summary>
public sealed class NpmClientJourneyTests
{
    private const string Raj = "raj@agency.gov.sg";

    [FactNeeding(Needs.Node)]
    public async Task What_is_sent_through_the_client_and_through_nodemailer_is_mailed_read_and_listed()
    {
        using var database = new TestDatabase();
        var key = (await database.AddLiveKeyAsync(await database.AddAccountAsync("mei@agency.gov.sg"))).Plaintext;
        await using var dashboard = await DashboardProcess.StartAsync(Path.GetDirectoryName(database.File)!);
        await using var npm = NpmClient.Start(new Uri(dashboard.Address));

        var first = await npm.CallAsync(
            key, "transactionalEmailSendPost",
            new { recipient = Raj, subject = "By the client", body = "<p>It works.</p>", cc = (string[])["ann@agency.gov.sg"] });
        var second = await npm.SendMailAsync(key, new { from = "Grants <mei@agency.gov.sg>", to = Raj, subject = "By nodemailer", text = "It works." });

        Assert.Equal((201, 201), (first.Status, second.Status));
        var ids = (string[])[first.Text("id")!, second.Text("messageId")!];
        foreach (var id in ids)
        {
            Assert.Equal("SENT", await ReadOutcomeAsync(npm, key, id));
        }

        var list = await npm.CallAsync(
            key, "transactionalEmailGet", 10, 0, (string[])["SENT"], new { gte = "2026-01-01T00:00:00Z" }, (string[])["+created_at"]);
        Assert.Equal(200, list.Status);
        Assert.Equal(ids, list.Data.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("id").GetString()));
        // Where no mail server is set, mails are files.
        Assert.Equal(3, Directory.GetFiles(Path.Combine(Path.GetDirectoryName(database.File)!, "mail"), "*.eml", SearchOption.AllDirectories).Length);
    }

    /// <returns>The status of a message once it isn't on its way any more.</returns>
    private static async Task<string?> ReadOutcomeAsync(NpmClient npm, string key, string id)
    {
        string? status = null;
        await Patience.UntilAsync(
            async () => (status = (await npm.CallAsync(key, "transactionalEmailEmailIdGet", id)).Text("status")) != "ACCEPTED",
            () => $"The message {id} is still on its way.");
        return status;
    }
}
