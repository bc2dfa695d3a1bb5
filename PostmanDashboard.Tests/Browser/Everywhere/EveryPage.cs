using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using MudBlazor;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bulk;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.ApiKeys.Rotation.Guide;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>Opens every page and every dialog of the program, one after the other, for what holds on all of them.</summary>
internal static class EveryPage
{
    private const string Admin = "admin@agency.gov.sg";
    private const string Settings = "/settings";
    private const string Key = "/settings/keys/{0}";
    private const string Rotation = "/settings/keys/{0}/rotate";
    private const string OtherRotation = "/settings/keys/{1}/rotate";

    /// <summary>Where each dialog is opened, and by which buttons one after the other.</summary>
    private static readonly Dictionary<Type, (string Path, string[] Buttons)> Dialogs = new()
    {
        [typeof(GenerateKeyDialog)] = (Settings, ["Generate API key"]),
        [typeof(EditKeyDialog)] = (Key, ["Edit Grants"]),
        [typeof(BulkDialog)] = (Settings, ["Select all keys", "Replace a contact"]),
        [typeof(DeleteExpiredDialog)] = (Settings, ["Select all keys", "Delete expired"]),
        [typeof(AccessDialog)] = (Key, ["Change access of Grants"]),
        [typeof(NetworksDialog)] = (Key, ["Change networks of Grants"]),
        [typeof(PauseDialog)] = (Key, ["Pause Grants"]),
        [typeof(DeleteKeyDialog)] = (Key, ["Delete Grants"]),
        [typeof(LeakDialog)] = (Key, ["I think Grants leaked"]),
        [typeof(ReissueDialog)] = (Key, ["Replace secret of Grants"]),
        [typeof(AbandonDialog)] = (Rotation, ["Create replacement", "Done", "Stop rotation"]),
        [typeof(AccountLimitDialog)] = ("/admin/accounts", [$"Sending limit for {Admin}"]),
        [typeof(RetryDialog)] = ("/admin/mail", ["Retry all (1)"]),
        [typeof(RevealKeyDialog)] = (OtherRotation, ["Create replacement"]),
    };

    /// <summary>An administrator with a key and a mail that failed.</summary>
    public static async Task<Account> AddAdministratorAsync(this DashboardApplication application)
    {
        var account = await application.AddAccountAsync(Admin);
        application.Mail.Refusal = new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true);
        await application.IssueKeyAsync(account, "Surveys");
        await application.RunJobsAsync();
        application.Mail.Refusal = null;
        return account;
    }

    /// <summary>Opens each live page, and what its buttons fold open.</summary>
    /// <returns>The pages' addresses, while each is open.</returns>
    public static async IAsyncEnumerable<string> OpenLivePagesAsync(this IPage page, DashboardApplication application, Account account)
    {
        foreach (var path in await application.AddLivePagesAsync(account))
        {
            await page.OpenInteractiveAsync(path);
            await UnfoldAsync(page);
            yield return path;
        }
    }

    /// <summary>Opens each page that is there for whoever hasn't signed in, in each of its states.</summary>
    /// <inheritdoc cref="OpenLivePagesAsync" path="/returns"/>
    public static async IAsyncEnumerable<string> OpenStrangersPagesAsync(this IPage page, DashboardApplication application)
    {
        var link = await application.UseUpCodesForLinkAsync("li@agency.gov.sg");
        foreach (var path in (string[])["/sign-in", "/nothing-is-here", "/error", "/dev/mail", "/docs/api", link])
        {
            yield return await page.OpenStaticAsync(path);
        }

        await page.GotoAsync("/sign-in");
        await page.Field("Email address").FillAsync("mei@agency.gov.sg");
        await page.Button("Send code").ClickAsync();
        await Expect(page.Field("Code")).ToBeFocusedAsync();
        yield return page.Url;
    }

    /// <summary>Goes to a page that never becomes live, and waits until it can be read.</summary>
    public static async Task<string> OpenStaticAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("h1").First).ToBeVisibleAsync();
        return path;
    }

    /// <summary>Opens each dialog, for the account of <see cref="AddAdministratorAsync"/>. Fails for a dialog that it doesn't know.</summary>
    /// <returns>The dialogs' names, while each is open and has the focus.</returns>
    public static async IAsyncEnumerable<string> OpenDialogsAsync(this IPage page, DashboardApplication application, Account account)
    {
        Assert.Equal(DialogsOfTheProgram(), Dialogs.Keys.Select(dialog => dialog.Name).Order(StringComparer.Ordinal));
        var key = (await application.IssueKeyAsync(account, "Grants")).Id;
        var other = (await application.IssueKeyAsync(account, "Licences")).Id;
        await application.AddExpiredKeyAsync(account);
        foreach (var (dialog, (path, buttons)) in Dialogs)
        {
            await page.OpenInteractiveAsync(string.Format(CultureInfo.InvariantCulture, path, key, other));
            foreach (var button in buttons)
            {
                await PressAsync(page, button);
            }

            // It takes the focus a moment after it is seen: a Tab before that would start on the page behind.
            await Expect(page.GetByRole(AriaRole.Dialog).Locator(":focus")).ToBeVisibleAsync();
            yield return dialog.Name;
        }
    }

    private static IEnumerable<string> DialogsOfTheProgram() => typeof(Program).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IComponent)) && type.GetProperties().Any(property => property.PropertyType == typeof(IMudDialogInstance)))
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal);

    /// <summary>Made a year before: no session would last until a key of today expires.</summary>
    private static async Task AddExpiredKeyAsync(this DashboardApplication application, Account account)
    {
        var id = (await application.IssueKeyAsync(account, "Old")).Id;
        await using var db = application.CreateDbContext();
        var year = TimeSpan.FromDays(365).Ticks;
        await db.Database.ExecuteSqlAsync(
            $"UPDATE \"ApiKeys\" SET \"CreatedAt\" = \"CreatedAt\" - {year}, \"ExpiresAt\" = \"ExpiresAt\" - {year} WHERE \"Id\" = {id}");
    }

    private static async Task PressAsync(IPage page, string button)
    {
        if (button.StartsWith("Select ", StringComparison.Ordinal))
        {
            await page.Field(button).CheckAsync();
            return;
        }

        if (button == "Done")
        {
            await page.Field("I have saved this key").CheckAsync();
        }

        await page.Button(button).ClickAsync();
    }

    /// <summary>Opens what a button folds open.</summary>
    private static async Task UnfoldAsync(IPage page)
    {
        var folded = page.Locator("button[aria-expanded=false]");
        while (await folded.CountAsync() is > 0 and var count)
        {
            await folded.First.ClickAsync();
            await Expect(folded).ToHaveCountAsync(count - 1);
        }
    }
}
