using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Notes;
using PostmanDashboard.ApiKeys.Table;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Notes;

public sealed class KeyNotesTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private Account account = null!;

    public override async Task InitializeAsync() => account = await keys.AddAccountAsync();

    [Theory]
    [InlineData(null, null)]
    [InlineData(" \r\n ", null)]
    [InlineData(" First line \r\nsecond\u202e line\r\n\r\n", "First line\nsecond line")]
    public void A_note_has_lines_and_nothing_that_nobody_sees(string? typed, string? kept)
    {
        Assert.True(KeyNotes.TryParse(typed, typed, out var notes, out _));

        Assert.Equal(kept, notes.Note);
        Assert.Equal(kept?.Replace('\n', ' '), notes.Owner);
    }

    [Fact]
    public async Task What_is_too_long_is_refused_at_its_field_and_what_just_fits_is_kept()
    {
        var refused = Assert.IsType<IssueApiKeyResult.Invalid>(await IssueAsync(new TypedNotes(new string('x', 501), new string('y', 101))));
        Assert.Equal(
            new KeyNotesProblems("A note has at most 500 characters; this one has 501.", "Use at most 100 characters; these are 101."), refused.NotesProblems);

        Assert.IsType<IssueApiKeyResult.Issued>(await IssueAsync(new TypedNotes(new string('x', 500), new string('y', 100))));
    }

    [Fact]
    public async Task Both_are_found_by_the_search_changed_noted_and_remembered_after_the_key_is_deleted()
    {
        var key = Assert.IsType<IssueApiKeyResult.Issued>(await IssueAsync(new TypedNotes("Ask first.", "Mei Tan")));
        var summary = (await keys.FindAsync(account, key.Id))!;
        Assert.True(new KeyFilter("ASK", null).Matches(summary) && new KeyFilter("mei tan", null).Matches(summary));

        var edit = new KeyEdit("Grant system", [account.Email!], KeyFacts.Of(summary), new TypedNotes(null, "Li Wei"));
        Assert.IsType<ChangeApiKeyResult.Changed>(
            await keys.Get<KeyEditor>().ChangeAsync(account.Id, key.Id, edit, TestKeys.By(account), CancellationToken.None));
        // Whoever says nothing of them leaves them as they are.
        await keys.ChangeAsync(account, key.Id, "Grants", account.Email!);
        await keys.DeleteAsync(account, key.Id);

        var past = Assert.Single((await keys.Get<KeyHistory>().ListAsync(account.Id, 0, CancellationToken.None)).Keys);
        Assert.Equal(("Li Wei", null), (past.Owner, past.Note));
        var events = await keys.Get<KeyActivity>().ListAsync(account.Id, key.Id, null, CancellationToken.None);
        Assert.Equal("Mei Tan → Li Wei", events.Single(happened => happened.Kind == KeyEventKind.OwnerChanged).Detail);
        Assert.Equal("Removed.", events.Single(happened => happened.Kind == KeyEventKind.NoteChanged).Detail);
    }

    [Fact]
    public async Task A_colleague_s_newer_note_is_not_overwritten_unseen()
    {
        var key = Assert.IsType<IssueApiKeyResult.Issued>(await IssueAsync(TypedNotes.None));
        var seen = KeyFacts.Of((await keys.FindAsync(account, key.Id))!);
        await EditAsync(key.Id, seen, "theirs");

        var refused = Assert.IsType<ChangeApiKeyResult.ChangedMeanwhile>(await EditAsync(key.Id, seen, "mine"));

        Assert.Equal("theirs", refused.Now.Note);
        Assert.Equal("theirs", (await keys.FindAsync(account, key.Id))!.Note);
    }

    public void Dispose() => keys.Dispose();

    private Task<ChangeApiKeyResult> EditAsync(Guid id, KeyFacts seen, string note) => keys.Get<KeyEditor>().ChangeAsync(
        account.Id, id, new KeyEdit("Grant system", [account.Email!], seen, new TypedNotes(note, null)), TestKeys.By(account), CancellationToken.None);

    private Task<IssueApiKeyResult> IssueAsync(TypedNotes notes) => keys.Service.IssueAsync(
        account.Id, new NewApiKey("Grant system", [account.Email!], ApiKeyLifetime.SixMonths) { Notes = notes }, TestKeys.By(account),
        CancellationToken.None);
}
