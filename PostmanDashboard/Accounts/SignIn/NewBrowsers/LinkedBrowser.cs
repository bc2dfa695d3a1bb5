using PostmanDashboard.Accounts.SignIn.Limits;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts.SignIn.NewBrowsers;

/// <summary>A browser that a link has just made known to an address.</summary>
public sealed record LinkedBrowser(EmailAddress Address, KnownBrowser Browser);
