using Bunit;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing.Components;

namespace PostmanDashboard.Tests.ApiKeys.Panel;

/// <summary>What the field does with what the browser hands over; that the browser does so, the tests in a browser show.</summary>
public sealed class ContactEmailsFieldTests : PanelTestContext
{
    private IReadOnlyList<string> addresses = ["mei@agency.gov.sg"];

    [Fact]
    public async Task What_was_typed_is_added()
    {
        await AddAddressesAsync(RenderField(), "ops@agency.gov.sg");

        Assert.Equal(["mei@agency.gov.sg", "ops@agency.gov.sg"], addresses);
    }

    [Fact]
    public async Task Several_can_be_pasted_and_what_is_not_an_address_is_shown_as_wrong_with_the_reason()
    {
        var field = RenderField();

        await AddAddressesAsync(field, "a@agency.gov.sg nobody b@agency.gov.sg");

        field.Says("“nobody” is not an email address.");
        Assert.Equal("nobody", field.Find(".contacts-chip-wrong").TextContent.Trim());
        Assert.Equal("true", field.Find("input").GetAttribute("aria-invalid"));
    }

    [Theory]
    [InlineData("Mei Tan <ops@agency.gov.sg>", "ops@agency.gov.sg")]
    [InlineData("<ops@agency.gov.sg>", "ops@agency.gov.sg")]
    [InlineData("Raj LIM (GT) <raj@agency.gov.sg>; Mei <ops@agency.gov.sg>;", "raj@agency.gov.sg", "ops@agency.gov.sg")]
    [InlineData("Lim, Raj <raj@agency.gov.sg>, Tan, Mei <ops@agency.gov.sg>", "raj@agency.gov.sg", "ops@agency.gov.sg")]
    [InlineData("\"Lim; Raj\" <raj@agency.gov.sg> Mei <ops@agency.gov.sg>", "raj@agency.gov.sg", "ops@agency.gov.sg")]
    [InlineData("raj@agency.gov.sg, Tan, Mei <ops@agency.gov.sg>\r\nli@agency.gov.sg", "raj@agency.gov.sg", "ops@agency.gov.sg", "li@agency.gov.sg")]
    [InlineData("Mei <ops@agency.gov.sg", "ops@agency.gov.sg")]
    [InlineData("Mei <>", "Mei")]
    [InlineData("Mei @ Grants <ops@agency.gov.sg>", "ops@agency.gov.sg")]
    [InlineData("Mei @ Grants <ops@agency.gov.sg>; Raj, IT @ HQ <raj@agency.gov.sg>", "ops@agency.gov.sg", "raj@agency.gov.sg")]
    [InlineData("ops@agency.gov.sg <ops@agency.gov.sg>", "ops@agency.gov.sg")]
    [InlineData("\"ann@other.example\" <ops@agency.gov.sg>", "ops@agency.gov.sg")]
    [InlineData("ops@agency, Mei <raj@agency.gov.sg>", "ops@agency", "raj@agency.gov.sg")]
    public async Task Of_mailboxes_with_names_the_addresses_are_taken(string pasted, params string[] taken)
    {
        await AddAddressesAsync(RenderField(), pasted);

        Assert.Equal(["mei@agency.gov.sg", .. taken], addresses);
    }

    [Theory]
    [InlineData("'ops@agency.gov.sg'", "ops@agency.gov.sg")]
    [InlineData("\"ops@agency.gov.sg\"", "ops@agency.gov.sg")]
    [InlineData("“ops@agency.gov.sg”", "ops@agency.gov.sg")]
    [InlineData("‘ops@agency.gov.sg’, 'raj@agency.gov.sg'", "ops@agency.gov.sg", "raj@agency.gov.sg")]
    [InlineData("'ops@agency.gov.sg' <ops@agency.gov.sg>", "ops@agency.gov.sg")]
    [InlineData("mailto:ops@agency.gov.sg", "ops@agency.gov.sg")]
    [InlineData("MAILTO:ops%2Bkeys@agency.gov.sg?subject=Keys", "ops+keys@agency.gov.sg")]
    [InlineData("SMTP:ops@agency.gov.sg", "ops@agency.gov.sg")]
    [InlineData("Mei <mailto:ops@agency.gov.sg>", "ops@agency.gov.sg")]
    [InlineData("ops@agency.gov.sg；raj@agency.gov.sg，li@agency.gov.sg、ann@agency.gov.sg", "ops@agency.gov.sg", "raj@agency.gov.sg", "li@agency.gov.sg",
        "ann@agency.gov.sg")]
    [InlineData("梅＜ops@agency.gov.sg＞；", "ops@agency.gov.sg")]
    [InlineData("ｏｐｓ＠ａｇｅｎｃｙ．ｇｏｖ．ｓｇ。", "ops@agency.gov.sg")]
    [InlineData("Write to ops@agency.gov.sg.", "Write", "to", "ops@agency.gov.sg")]
    [InlineData("• ops@agency.gov.sg\r\n• raj@agency.gov.sg\r\n", "ops@agency.gov.sg", "raj@agency.gov.sg")]
    [InlineData("ops@agency.gov.sg (Mei Tan)", "ops@agency.gov.sg")]
    [InlineData("(ops@agency.gov.sg)", "ops@agency.gov.sg")]
    [InlineData("\u202aops@agency.gov.sg\u202c", "ops@agency.gov.sg")]
    [InlineData("ops@\u200bagency.gov.sg\ufeff", "ops@agency.gov.sg")]
    [InlineData("o'brien@agency.gov.sg", "o'brien@agency.gov.sg")]
    [InlineData("ops@Bücher.example", "ops@xn--bcher-kva.example")]
    public async Task Contacts_are_taken_as_people_have_them(string pasted, params string[] taken)
    {
        await AddAddressesAsync(RenderField(), pasted);

        Assert.Equal(["mei@agency.gov.sg", .. taken], addresses);
    }

    [Fact]
    public async Task An_address_that_mail_servers_may_send_on_is_shown_as_wrong_with_the_reason()
    {
        var field = RenderField();

        await AddAddressesAsync(field, "attacker%evil.example@agency.gov.sg");

        field.Says("mail servers may forward mail for such an address");
        Assert.Single(field.FindAll(".contacts-chip-wrong"));
    }

    [Fact]
    public async Task The_reason_goes_with_what_was_wrong()
    {
        var field = RenderField();
        await AddAddressesAsync(field, "nobody");

        await field.Button("Remove nobody").ClickAsync(new());
        Show(field);

        Assert.Equal(["mei@agency.gov.sg"], addresses);
        Assert.DoesNotContain("is not an email address", field.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_there_already_is_not_added_in_whatever_case()
    {
        await AddAddressesAsync(RenderField(), "MEI@agency.gov.sg ops@agency.gov.sg OPS@agency.gov.sg");

        Assert.Equal(["mei@agency.gov.sg", "ops@agency.gov.sg"], addresses);
    }

    [Fact]
    public async Task An_address_can_be_removed()
    {
        await RenderField().Button("Remove mei@agency.gov.sg").ClickAsync(new());

        Assert.Empty(addresses);
    }

    private async Task AddAddressesAsync(IRenderedComponent<ContactEmailsField> field, string text)
    {
        await field.Find("input").TriggerEventAsync("onaddressestaken", new AddressesTakenEventArgs { Text = text });
        Show(field);
    }

    /// <summary>Gives the field its new addresses, as a dialog around it does.</summary>
    private void Show(IRenderedComponent<ContactEmailsField> field) => field.Render(parameters => parameters.Add(f => f.Addresses, addresses));

    private IRenderedComponent<ContactEmailsField> RenderField() => Render<ContactEmailsField>(parameters => parameters
        .Bind(field => field.Addresses, addresses, changed => addresses = changed));
}
