using PostmanDashboard.ApiKeys.Contacts;

namespace PostmanDashboard.Tests.ApiKeys.Contacts;

public sealed class ContactListTests
{
    [Fact]
    public void Contacts_are_trimmed_and_keep_the_order_in_which_they_were_entered()
    {
        Assert.True(ContactList.TryParse([" Team@agency.gov.sg ", "mei@agency.gov.sg"], out var contacts, out var problem));

        Assert.Equal(["Team@agency.gov.sg", "mei@agency.gov.sg"], contacts.Select(contact => contact.Text));
        Assert.Equal((2, "mei@agency.gov.sg"), (contacts.Count, contacts[1].Text));
        Assert.Null(problem);
    }

    [Fact]
    public void There_are_1_to_10_contacts()
    {
        Assert.StartsWith("Add at least one contact", ProblemOf([]), StringComparison.Ordinal);
        Assert.True(ContactList.TryParse(Addresses(1), out _, out _));
        Assert.True(ContactList.TryParse(Addresses(10), out var most, out _));
        Assert.Equal(10, most.Count);
        Assert.StartsWith("A key has at most 10 contacts; these are 11.", ProblemOf(Addresses(11)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_address_twice_is_refused_whatever_its_case_and_named() =>
        Assert.Equal("MEI@Agency.gov.sg is listed twice. Remove one.", ProblemOf(["mei@agency.gov.sg", "tan@agency.gov.sg", " MEI@Agency.gov.sg"]));

    [Theory]
    [InlineData("mei", "mei")]
    [InlineData(" ", "")]
    [InlineData("mei@agency.gov.sg, tan@agency.gov.sg", "mei@agency.gov.sg, tan@agency.gov.sg")]
    public void What_is_not_an_address_is_refused_and_named(string typed, string named) =>
        Assert.StartsWith($"“{named}” is not an email address.", ProblemOf(["ok@agency.gov.sg", typed]), StringComparison.Ordinal);

    private static IEnumerable<string> Addresses(int count) => Enumerable.Range(1, count).Select(number => $"contact{number}@agency.gov.sg");

    private static string ProblemOf(IEnumerable<string> typed)
    {
        Assert.False(ContactList.TryParse(typed, out var contacts, out var problem));
        Assert.Null(contacts);
        return problem;
    }
}
