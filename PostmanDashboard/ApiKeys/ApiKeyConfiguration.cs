using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.ApiKeys.Notes;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    // The exact cap needs a calendar and a zone, which a constraint hasn't; ApiKey.Issue holds it. No six months are longer than
    // 184 days, and no zone moved its clocks by more than a day, so this is the most that any calendar can make of it.
    private static readonly long LongestLifeTicks = TimeSpan.FromDays(185).Ticks;

    private const int Longest = NetworkList.StoredMaxLength;

    /// <summary>1 to 20 ranges with a space between any two; that each of them is one is checked before.</summary>
    private static readonly string Networks = $"""
        length("Networks") <= {Longest} AND "Networks" NOT GLOB '*[^0-9a-f.:/ ]*' AND "Networks" GLOB '*/*[0-9]' AND "Networks" NOT GLOB ' *'
        AND length("Networks") - length(replace("Networks", '/', '')) <= {NetworkList.MaxCount}
        AND length("Networks") - length(replace("Networks", '/', '')) = length("Networks") - length(replace("Networks", ' ', '')) + 1
        """;

    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.Property(k => k.Label).HasMaxLength(ApiKeyLabel.MaxLength).HasConversion<VisibleTextConverter>();
        key.Property(k => k.NormalizedLabel).HasMaxLength(ApiKeyLabel.MaxLength);
        key.Property(k => k.Hint).HasMaxLength(5);
        key.Property(k => k.Note).HasMaxLength(KeyNotes.NoteMaxLength);
        key.Property(k => k.Owner).HasMaxLength(KeyNotes.OwnerMaxLength);
        key.Property(k => k.LastUsedFrom).HasMaxLength(45);
        key.Property(k => k.LastUsedBy).HasMaxLength(KeyCaller.UserAgentMaxLength);
        key.Property(k => k.DeletedFrom).HasMaxLength(45);
        key.HasOne<Account>().WithMany().HasForeignKey(k => k.AccountId).OnDelete(DeleteBehavior.Restrict);
        key.HasMany<OutgoingMail>().WithOne().HasForeignKey(mail => mail.ApiKeyId);
        key.HasMany(k => k.Contacts).WithOne().HasForeignKey(contact => contact.ApiKeyId);
        key.Navigation(k => k.Contacts).HasField("contacts").AutoInclude(false);
        key.HasIndex(k => k.Hash).IsUnique();
        // For what asks about deleted keys too, which the next index doesn't have.
        key.HasIndex(k => k.AccountId);
        key.HasIndex(k => k.LineId);
        // A label is free again once its key has been deleted.
        key.HasIndex(k => new { k.AccountId, k.NormalizedLabel }).IsUnique().HasFilter("\"DeletedAt\" IS NULL");
        key.ToTable(table =>
        {
            table.HasCheckConstraint("CK_ApiKeys_Access", $"\"Access\" IN ({string.Join(", ", Enum.GetValues<KeyAccess>().Select(access => (int)access))})");
            table.HasCheckConstraint("CK_ApiKeys_Networks", Networks);
            table.HasCheckConstraint("CK_ApiKeys_Hash", "length(\"Hash\") = 32");
            table.HasCheckConstraint("CK_ApiKeys_Note", $"length(\"Note\") BETWEEN 1 AND {KeyNotes.NoteMaxLength}");
            table.HasCheckConstraint("CK_ApiKeys_Owner", $"length(\"Owner\") BETWEEN 1 AND {KeyNotes.OwnerMaxLength}");
            table.HasCheckConstraint("CK_ApiKeys_Label", $"length(\"Label\") BETWEEN 1 AND {ApiKeyLabel.MaxLength} AND trim(\"Label\") = \"Label\"");
            table.HasCheckConstraint("CK_ApiKeys_Life", $"\"ExpiresAt\" > \"CreatedAt\" AND \"ExpiresAt\" - \"CreatedAt\" <= {LongestLifeTicks}");
        });
    }
}
