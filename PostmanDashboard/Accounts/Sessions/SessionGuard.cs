using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PostmanDashboard.Data;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>
/// Lets nothing be written in the name of a session that has ended. It asks within the transaction that writes, once that keeps other
/// writers out, so that a session can't end between the question and the commit. No command has to remember it: whatever is written
/// through EF Core goes through here.
/// </summary>
/// <remarks>
/// <see cref="DashboardDbContext"/> saves in a transaction always; what else is written outside of one (ExecuteUpdate and its kind) gets
/// one here. Synchronous where EF Core is, which we are nowhere in a circuit.
/// </remarks>
public sealed class SessionGuard(SessionRule rule) : DbCommandInterceptor, IDbTransactionInterceptor
{
    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (!await HoldsAsync(eventData.Context, result, cancellationToken))
        {
            await result.DisposeAsync();
            throw new SessionEndedException();
        }

        return result;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        if (!Holds(eventData.Context, result))
        {
            result.Dispose();
            throw new SessionEndedException();
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (ActingSession.Current is null || command.Transaction is not null)
        {
            return result;
        }

        await using var transaction = await command.Connection!.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (!await HoldsAsync(eventData.Context, transaction, cancellationToken))
        {
            throw new SessionEndedException();
        }

        command.Transaction = transaction;
        var rows = await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return InterceptionResult<int>.SuppressWithResult(rows);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        ActingSession.Current is null || command.Transaction is not null
            ? result
            : throw new InvalidOperationException("Writes in a person's name must be asynchronous or in a transaction.");

    private async ValueTask<bool> HoldsAsync(DbContext? context, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (ActingSession.Current is not { } acting)
        {
            return true;
        }

        await using var question = Ask(context, transaction, acting);
        return Answer(acting, await question.ExecuteScalarAsync(cancellationToken));
    }

    private bool Holds(DbContext? context, DbTransaction transaction)
    {
        if (ActingSession.Current is not { } acting)
        {
            return true;
        }

        using var question = Ask(context, transaction, acting);
        return Answer(acting, question.ExecuteScalar());
    }

    private DbCommand Ask(DbContext? context, DbTransaction transaction, ActingSession acting)
    {
        var command = rule.Holding((DashboardDbContext)context!, acting.Person).Select(account => account.Id).CreateDbCommand();
        command.Transaction = transaction;
        return command;
    }

    private bool Answer(ActingSession acting, object? account)
    {
        if (account is not null && !rule.HasRunOut(acting.Person))
        {
            return true;
        }

        acting.Close();
        return false;
    }
}
