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
    private readonly FaultyMachine _faulty = new();
    private readonly Random _random = Run.Chance(nameof(CrashTests));
    private uint _steps;

    private Machine Machine => _faulty.Machine;

    private FaultPage Fault => _faulty.Fault;

    public async ValueTask InitializeAsync()
    {
        await _faulty.StartAsync();
        await Machine.DoAsync("network create web");
        await Machine.AddAsync("client", "web");
        (await Machine.AddAsync("server", "web", "--publish 8080:80")).ServeEcho(80);
    }

    public ValueTask DisposeAsync() => _faulty.DisposeAsync();

    [Fact]
    public async Task Kill_AtEveryStepOfEveryRequest_LeavesItWhollyDoneOrNot()
    {
        using Socket between = await (await Machine.CompartmentAsync("client")).ConnectAsync(await Machine.AddressAsync("server", 4), 80);
        using Socket inward = await Machine.Lan.ConnectAsync(Machine.HostAddress4, 8080);
        foreach (Operation operation in _faulty.Operations)
        {
            long started = TimeProvider.System.GetTimestamp();
            uint killed = 0, step = 0;
            for (; await KillAtAsync(operation, step); killed++)
            {
                await Echo.CheckAsync(between, inward);
                step = Steps.Next(step, TimeProvider.System.GetElapsedTime(started) / Run.Share(150.0 / _faulty.Operations.Count), _random);
            }
            Run.Tell($"{operation}: killed at {killed} of {_steps} steps");
            Assert.True(_steps > 3, $"{operation} took {_steps} steps only: they are not counted");
        }
    }

    /// <summary>One kill, one new daemon. False when the request has fewer steps; it is done then.</summary>
    private async Task<bool> KillAtAsync(Operation operation, uint step)
    {
        Fault.ArmKill(step);
        bool answered = await Operations.IsAnsweredAsync(operation.AskAsync);
        if (answered && !Fault.WasHit)
        {
            Fault.Disarm();
            _steps = Fault.Steps;
            return false;
        }
        await Machine.DaemonEndAsync();
        string when = $"{operation}, killed at step {step} ({Fault.NameOf(step)})";
        Fault.Disarm();
        await Machine.StartDaemonAsync();
        bool done = await operation.FindAsync();
        Assert.True(done || !answered, $"{when}: it was answered and is lost");
        IReadOnlyList<Endpoint> endpoints = await new Agreement(Machine).CheckAsync(when);
        await SwitchAgreement.CheckAsync(Machine, endpoints, when);
        if (done)
            await operation.UndoAsync();
        return true;
    }
}
