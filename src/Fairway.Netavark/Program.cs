using System.Runtime.InteropServices;
using Fairway.Client;
using Fairway.Netavark;
using Fairway.Netavark.CommandLine;

// Podman gives its helper half a minute and then ends it; a teardown cut short would leave what nobody takes away again.
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
using var client = new FairwayClient(new FairwayClientOptions
{
    SocketPath = Environment.GetEnvironmentVariable("FAIRWAY_SOCKET") is { Length: > 0 } socket ? socket : FairwayClientOptions.SocketPathOf(FairwayClientOptions.DefaultInstance),
    UserAgent = $"fairway-netavark/{Product.Version}",
});
return await NetavarkProgram.RunAsync(args, new Streams(input, output, Console.Error), client, TimeProvider.System);
