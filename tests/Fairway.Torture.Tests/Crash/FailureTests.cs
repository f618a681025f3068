using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Crash;

/// <summary>
/// Each single system call of each request fails once, as it does without memory, room or descriptors. The request is refused or done, never
/// half; the daemon goes on, model and kernel agree, and no descriptor is left open.
/// </summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const int NoMemory = 12, NoDescriptor = 24, NoSpace = 28;
    private static readonly int[] s_errors = [NoMemory, NoSpace, NoDescriptor];

    private readonly FaultyMachine _faulty = new();
    private readonly Random _random = Run.Chance(nameof(FailureTests));
    private readonly List<string> _findings = [];

    private Machine Machine => _faulty.Machine;

    private FaultPage Fault => _faulty.Fault;

    public async ValueTask InitializeAsync()
    {
        await _faulty.StartAsync();
    }

    public ValueTask DisposeAsync() => _faulty.DisposeAsync();

    [Fact]
    public async Task Failure_OfAnyStepOfAnyRequest_IsRefusedOrOvercome()
    {
        // Once through without failures: what is opened for good is open then.
        foreach (Operation operation in _faulty.Operations)
            await operation.AskAsync();
        string[] before = Descriptors();
        int failed = 0, refused = 0;
        foreach (Operation operation in _faulty.Operations)
        {
            long started = TimeProvider.System.GetTimestamp();
            uint step = 0;
            while (await FailAtAsync(operation, step) is { } answered)
            {
                failed++;
                refused += answered ? 0 : 1;
                step = Steps.Next(step, TimeProvider.System.GetElapsedTime(started) / Run.Share(90.0 / _faulty.Operations.Count), _random);
            }
        }
        Assert.True(_findings.Count == 0, string.Join("\n", _findings));
        await EventuallyAsync(() => Descriptors().Length <= before.Length + 4, () => $"{before.Length} descriptors before {failed} failures, {Descriptors().Length} after them; more than before: {More(before, Descriptors())}");
        Run.Tell($"{failed} system calls failed one by one, {refused} requests refused for it, none half done, {before.Length} descriptors before and {Descriptors().Length} after");
    }

    /// <summary>Null when the request has fewer steps; else whether it was answered with a yes.</summary>
    private async Task<bool?> FailAtAsync(Operation operation, uint step)
    {
        Fault.ArmError(step, step, s_errors[_random.Next(s_errors.Length)]);
        bool answered = await IsDoneAsync(operation.AskAsync);
        if (answered && !Fault.WasHit)
        {
            Fault.Disarm();
            return null;
        }
        string when = $"{operation}, step {step} failed ({Fault.NameOf(step)})";
        Fault.Disarm();
        bool lostAnswer = Fault.NameOf(step).StartsWith("answer", StringComparison.Ordinal);
        bool done = await operation.FindAsync();
        try
        {
            await CheckAsync(when, answered, done, lostAnswer);
        }
        catch (Xunit.Sdk.XunitException finding)
        {
            // The next daemon begins without what this one left.
            _findings.Add(finding.Message);
            await Machine.KillDaemonAsync();
            await Machine.StartDaemonAsync();
        }
        if (done)
            await operation.UndoAsync();
        return answered;
    }

    private async Task CheckAsync(string when, bool answered, bool done, bool lostAnswer)
    {
        Assert.True(done == answered || lostAnswer || !answered, $"{when}: answered {answered}, done {done}");
        await EventuallyAsync(async () => (await Machine.Client.ListEndpointsAsync()).All(endpoint => endpoint.State != EndpointState.Degraded), () => $"{when}: an endpoint does not recover\n{Machine.Log}");
        IReadOnlyList<Endpoint> endpoints = await new Agreement(Machine).CheckAsync(when);
        await SwitchAgreement.CheckAsync(Machine, endpoints, when);
    }

    /// <summary>What each open descriptor of the daemon is, without the number of a socket or pipe; not the code a development build opens when it first runs it.</summary>
    private string[] Descriptors() => [.. Directory.GetFiles($"/proc/{Machine.DaemonPid}/fd").Select(Target).Where(target => Path.GetExtension(target) is not (".dll" or ".pdb"))];

    private static string Target(string descriptor)
    {
        string target = new FileInfo(descriptor).LinkTarget ?? "closed meanwhile";
        return target.Split(":[")[0];
    }

    private static string More(string[] before, string[] after)
        => string.Join(", ", after.CountBy(target => target).Select(kind => (kind.Key, Number: kind.Value - before.Count(target => target == kind.Key))).Where(kind => kind.Number > 0).Select(kind => $"{kind.Number} {kind.Key}"));

    private static async Task<bool> IsDoneAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (FairwayException refused)
        {
            Assert.NotEmpty(refused.Message);
            return false;
        }
    }

    private static Task EventuallyAsync(Func<bool> condition, Func<string> otherwise) => EventuallyAsync(() => Task.FromResult(condition()), otherwise);

    private static async Task EventuallyAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60), otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
