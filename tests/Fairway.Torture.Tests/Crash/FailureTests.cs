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

    private readonly FaultPage _fault = new();
    private readonly Machine _machine;
    private readonly Random _random = Run.Chance(nameof(FailureTests));
    private readonly List<string> _findings = [];
    private Operations _operations = null!;

    public FailureTests() => _machine = new Machine { DaemonEnvironment = _fault.Environment };

    public async ValueTask InitializeAsync()
    {
        await _machine.InitializeAsync();
        (await Programs.RunAsync(["ip", "netns", "add", $"{_machine.Instance}.guest"])).Expect();
        _operations = new Operations(_machine.Client, $"/run/netns/{_machine.Instance}.guest");
    }

    public async ValueTask DisposeAsync()
    {
        await _machine.DisposeAsync();
        _fault.Dispose();
    }

    [Fact]
    public async Task Failure_OfAnyStepOfAnyRequest_IsRefusedOrOvercome()
    {
        // Once through without failures: what is opened for good is open then.
        foreach (Operation operation in _operations.All())
            await operation.AskAsync();
        string[] before = Descriptors();
        int failed = 0, refused = 0;
        Operation[] operations = _operations.All();
        foreach (Operation operation in operations)
        {
            long started = TimeProvider.System.GetTimestamp();
            uint step = 0;
            while (await FailAtAsync(operation, step) is { } answered)
            {
                failed++;
                refused += answered ? 0 : 1;
                step = Steps.Next(step, TimeProvider.System.GetElapsedTime(started) / Run.Share(90.0 / operations.Length), _random);
            }
        }
        Assert.True(_findings.Count == 0, string.Join("\n", _findings));
        await EventuallyAsync(() => Descriptors().Length <= before.Length + 4, () => $"{before.Length} descriptors before {failed} failures, {Descriptors().Length} after them; more than before: {More(before, Descriptors())}");
        Run.Tell($"{failed} system calls failed one by one, {refused} requests refused for it, none half done, {before.Length} descriptors before and {Descriptors().Length} after");
    }

    /// <summary>Null when the request has fewer steps; else whether it was answered with a yes.</summary>
    private async Task<bool?> FailAtAsync(Operation operation, uint step)
    {
        _fault.ArmError(step, step, s_errors[_random.Next(s_errors.Length)]);
        bool answered = await IsDoneAsync(operation.AskAsync);
        if (answered && !_fault.WasHit)
        {
            _fault.Disarm();
            return null;
        }
        string when = $"{operation}, step {step} failed ({_fault.NameOf(step)})";
        _fault.Disarm();
        bool lostAnswer = _fault.NameOf(step).StartsWith("answer", StringComparison.Ordinal);
        bool done = await operation.FindAsync();
        try
        {
            await CheckAsync(when, answered, done, lostAnswer);
        }
        catch (Xunit.Sdk.XunitException finding)
        {
            // The next daemon begins without what this one left.
            _findings.Add(finding.Message);
            await _machine.KillDaemonAsync();
            await _machine.StartDaemonAsync();
        }
        if (done)
            await operation.UndoAsync();
        return answered;
    }

    private async Task CheckAsync(string when, bool answered, bool done, bool lostAnswer)
    {
        Assert.True(done == answered || lostAnswer || !answered, $"{when}: answered {answered}, done {done}");
        await EventuallyAsync(async () => (await _machine.Client.ListEndpointsAsync()).All(endpoint => endpoint.State == EndpointState.Attached), () => $"{when}: an endpoint does not recover\n{_machine.Log}");
        IReadOnlyList<Endpoint> endpoints = await new Agreement(_machine).CheckAsync(when);
        await SwitchAgreement.CheckAsync(_machine, endpoints, when);
    }

    /// <summary>What each open descriptor of the daemon is, without the number of a socket or pipe; not the code a development build opens when it first runs it.</summary>
    private string[] Descriptors() => [.. Directory.GetFiles($"/proc/{_machine.DaemonPid}/fd").Select(Target).Where(target => Path.GetExtension(target) is not (".dll" or ".pdb"))];

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
