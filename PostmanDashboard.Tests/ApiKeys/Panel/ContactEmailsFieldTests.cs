using Bunit;
using Microsoft.AspNetCore.Components.Web;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.ApiKeys.Panel;

public sealed class ContactEmailsFieldTests : PanelTestContext
{
    private IReadOnlyList<string> addresses = ["mei@agency.gov.sg"];

    [Fact]
    public void Enter_takes_an_address()
    {
        var field = RenderField();

        field.Find("input").Input("ops@agency.gov.sg");
        field.Find("input").KeyDown(new KeyboardEventArgs { Key = "Enter" });

        Assert.Equal(["mei@agency.gov.sg", "ops@agency.gov.sg"], addresses);
    }

    [Theory]
    [InlineData("ops@agency.gov.sg,")]
    [InlineData("ops@agency.gov.sg ")]
    [InlineData("ops@agency.gov.sg;")]
    public void So_do_a_comma_a_space_and_a_semicolon(string typed)
    {
        var field = RenderField();

        field.Find("input").Input(typed);

        field.WaitForAssertion(() => Assert.Equal(["mei@agency.gov.sg", "ops@agency.gov.sg"], addresses));
        field.WaitForAssertion(() => Assert.Equal("", field.Find("input").GetAttribute("value")));
    }

    [Fact]
    public void Several_can_be_pasted_and_what_is_no_address_stays_with_the_reason()
    {
        var field = RenderField();

        field.Find("input").Input("a@agency.gov.sg, nobody; b@agency.gov.sg");

        field.Says("“nobody” is not an email address.");
        Assert.Equal(["mei@agency.gov.sg", "a@agency.gov.sg", "b@agency.gov.sg"], addresses);
        Assert.Equal("nobody", field.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void The_reason_goes_as_soon_as_somebody_types_on()
    {
        var field = RenderField();
        field.Find("input").Input("nobody,");
        field.Says("“nobody” is not an email address.");

        field.Find("input").Input("nobody@");

        Assert.DoesNotContain("is not an email address", field.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_there_already_is_not_added_in_whatever_case()
    {
        var field = RenderField();

        field.Find("input").Input("MEI@agency.gov.sg,");

        field.WaitForAssertion(() => Assert.Equal("", field.Find("input").GetAttribute("value")));
        Assert.Equal(["mei@agency.gov.sg"], addresses);
    }

    [Fact]
    public void An_address_can_be_removed()
    {
        var field = RenderField();

        field.Button("Remove mei@agency.gov.sg").Click();

        Assert.Empty(addresses);
    }

    [Fact]
    public async Task What_is_typed_but_not_entered_is_taken_when_the_person_goes_on()
    {
        var field = RenderField();
        field.Find("input").Input("ops@agency.gov.sg");

        Assert.True(await field.InvokeAsync(field.Instance.TakeTypedAsync));

        Assert.Equal(["mei@agency.gov.sg", "ops@agency.gov.sg"], addresses);
    }

    [Fact]
    public async Task Going_on_is_refused_while_something_typed_is_no_address()
    {
        var field = RenderField();
        field.Find("input").Input("nobody");

        Assert.False(await field.InvokeAsync(field.Instance.TakeTypedAsync));

        field.Says("“nobody” is not an email address.");
    }

    private IRenderedComponent<ContactEmailsField> RenderField() => Render<ContactEmailsField>(parameters => parameters
        .Bind(field => field.Addresses, addresses, changed => addresses = changed));
}
