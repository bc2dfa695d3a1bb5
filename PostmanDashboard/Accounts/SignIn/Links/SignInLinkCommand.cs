using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Data.Storage;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Accounts.SignIn.Links;

/// <summary>What <c>sign-in-link ADDRESS</c> does, next to a running server or without one.</summary>
public sealed class SignInLinkCommand(
    SignInLinks links, IDbContextFactory<DashboardDbContext> databases, StorageFolder storage, PublicAddress address)
{
    public async Task<CommandResult> RunAsync(string typedAddress, CancellationToken cancellationToken)
    {
        // Looked for first: SQLite would make a missing one.
        if (!File.Exists(storage.DatabaseFile))
        {
            return new CommandResult(false, $"There is no database at {storage.DatabaseFile}. Set Storage:Directory to the server's folder.");
        }

        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                return new CommandResult(false, "The database is of an older version. Start the server once to upgrade it.");
            }
        }

        return await links.MakeAsync(typedAddress, FileOwnership.ThisUser, cancellationToken) switch
        {
            MakeLinkResult.Made made => new CommandResult(true, $"{address.Root}{PageRoutes.SignInLink}/{made.Secret}"),
            MakeLinkResult.NotAnAddress => new CommandResult(false, $"“{typedAddress}” is not an email address."),
            MakeLinkResult.NotAnAdministrator =>
                new CommandResult(false, $"{typedAddress} is not an administrator. Links are for those in Accounts:AdminEmails."),
            MakeLinkResult.Disabled => new CommandResult(false, $"The account of {typedAddress} is disabled."),
            _ => throw new InvalidOperationException(),
        };
    }
}
