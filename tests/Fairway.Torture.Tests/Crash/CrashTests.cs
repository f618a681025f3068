using System.Net.Sockets;
using Fairway.Model.Endpoints;
using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Crash;

/// <summary>
/// <c>kill -9</c> before each single system call by which the daemon changes something while it serves a request. A new daemon then finds
/// the request wholly done or not at all, done for certain if it was answered, and model and kernel in agreement; connections go on.
/// </summary>
public sealed class CrashTests : IAsyncLifetime
{
    private readonly FaultPage _fault = new();
    private readonly Machine _machine;
    private readonly Random _random = Run.Chance(nameof(CrashTests));
    private Operations _operations = null!;
    private uint _steps;

    public CrashTests() => _machine = new Machine { DaemonEnvironment = _fault.Environment };

    public async ValueTask InitializeAsync()
    {
        await _machine.InitializeAsync();
        await _machine.DoAsync("network create web");
        await _machine.AddAsync("client", "web");
        (await _machine.AddAsync("server", "web", "--publish 8080:80")).ServeEcho(80);
        (await Programs.RunAsync(["ip", "netns", "add", $"{_machine.Instance}.guest"])).Expect();
        _operations = new Operations(_machine.Client, $"/run/netns/{_machine.Instance}.guest");
    }

    public async ValueTask DisposeAsync()
    {
        await _machine.DisposeAsync();
        _fault.Dispose();
    }

    [Fact]
    public async Task Kill_AtEveryStepOfEveryRequest_LeavesItWhollyDoneOrNot()
    {
        using Socket between = await (await _machine.CompartmentAsync("client")).ConnectAsync(await _machine.AddressAsync("server", 4), 80);
        using Socket inward = await _machine.Lan.ConnectAsync(Machine.HostAddress4, 8080);
        Operation[] operations = _operations.All();
        foreach (Operation operation in operations)
        {
            long started = TimeProvider.System.GetTimestamp();
            uint killed = 0, step = 0;
            for (; await KillAtAsync(operation, step); killed++)
            {
                await Echo.CheckAsync(between, inward);
                step = Steps.Next(step, TimeProvider.System.GetElapsedTime(started) / Run.Share(150.0 / operations.Length), _random);
            }
            Run.Tell($"{operation}: killed at {killed} of {_steps} steps");
            Assert.True(_steps > 3, $"{operation} took {_steps} steps only: they are not counted");
        }
    }

    /// <summary>One kill, one new daemon. False when the request has fewer steps; it is done then.</summary>
    private async Task<bool> KillAtAsync(Operation operation, uint step)
    {
        _fault.ArmKill(step);
        bool answered = await Operations.IsAnsweredAsync(operation.AskAsync);
        if (answered && !_fault.WasHit)
        {
            _fault.Disarm();
            _steps = _fault.Steps;
            return false;
        }
        await _machine.DaemonEndAsync();
        string when = $"{operation}, killed at step {step} ({_fault.NameOf(step)})";
        _fault.Disarm();
        await _machine.StartDaemonAsync();
        bool done = await operation.FindAsync();
        Assert.True(done || !answered, $"{when}: it was answered and is lost");
        IReadOnlyList<Endpoint> endpoints = await new Agreement(_machine).CheckAsync(when);
        await SwitchAgreement.CheckAsync(_machine, endpoints, when);
        if (done)
            await operation.UndoAsync();
        return true;
    }
}
