using System.Runtime.InteropServices;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;

// The first Ctrl-C asks the command to end, the second one ends it.
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
return await FairwayCommand.RunAsync(args, Terminal.OfProcess(), TimeProvider.System, cancellation.Token);

void End(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
