using System.Globalization;
using CsCheck;

namespace PostmanDashboard.Tests.ApiKeys.Bearer.Cache;

/// <summary>Whatever happens in whatever order, what is remembered of a key is never told from what the database says.</summary>
public sealed class KeyCacheModelTests
{
    private const int Sequences = 60;

    private static readonly Gen<KeyStep> Steps = Gen.Frequency(
        (8, Gen.Const(KeyAct.Call)),
        (1, Gen.Const(KeyAct.Create)),
        (1, Gen.Const(KeyAct.Delete)),
        (1, Gen.Const(KeyAct.ReplaceToken)),
        (1, Gen.Const(KeyAct.Rename)),
        (1, Gen.Const(KeyAct.SetAccess)),
        (1, Gen.Const(KeyAct.SetPaused)),
        (1, Gen.Const(KeyAct.SetNetworks)),
        (1, Gen.Const(KeyAct.Disable)),
        (1, Gen.Const(KeyAct.Enable)),
        (1, Gen.Const(KeyAct.SetLimit)),
        (1, Gen.Const(KeyAct.MoveClock)),
        (1, Gen.Const(KeyAct.Crash)),
        (1, Gen.Const(KeyAct.FallBehind)),
        (1, Gen.Const(KeyAct.Backup)),
        (1, Gen.Const(KeyAct.Restore)))
        .Select(Gen.Int[0, 1000], Gen.Int[0, 1], (act, number, process) => new KeyStep(act, number, process));

    [Fact]
    public Task Two_processes_answer_as_the_database_would_after_any_sequence_of_changes_crashes_and_restores() =>
        Steps.Array[1, 60].SampleAsync(
            async steps =>
            {
                await using var world = await KeyWorld.CreateAsync();
                foreach (var step in steps)
                {
                    await world.TakeAsync(step);
                }

                await world.CallWithAllAsync();
            },
            iter: Sequences,
            print: steps => string.Join(", ", steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Act}({step.Number}, {step.Process})"))));
}
