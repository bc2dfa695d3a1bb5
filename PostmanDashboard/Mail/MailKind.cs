namespace PostmanDashboard.Mail;

/// <summary>What a mail is about. The numbers are in the database; never change one.</summary>
public enum MailKind
{
    /// <summary>Something just happened to a key.</summary>
    Notice = 0,

    /// <summary>A key is about to expire, or has.</summary>
    Reminder = 1,

    /// <summary>To the account: no contact of a key could be reached.</summary>
    UnreachableContacts = 2,

    /// <summary>The owner of a key wanted to see whether its contacts can be reached.</summary>
    Test = 3,

    /// <summary>A message of a program.</summary>
    Message = 4,
}
