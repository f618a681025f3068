using Fairway.Daemon;
using Fairway.Daemon.Arguments;
using Fairway.Daemon.Logging;
using Fairway.Linux;
using Fairway.Model.Errors;

var log = new LineWriter(Console.Error, TimeProvider.System, LineWriter.IsJournal());
try
{
    var options = CommandLine.Parse(args);
    using var logging = new LineLoggerFactory(log);
    switch (options.Mode)
    {
        case DaemonMode.Help:
            Console.WriteLine(CommandLine.Help);
            break;
        case DaemonMode.Version:
            Console.WriteLine(HostService.Version);
            break;
        case DaemonMode.Uninstall:
            new Uninstallation(options, logging).Run();
            break;
        default:
            await new HostService(options, logging, TimeProvider.System).RunAsync();
            break;
    }
    return ExitCode.Success;
}
catch (UsageException wrong)
{
    Console.Error.WriteLine($"fairwayd: {wrong.Message}");
    return ExitCode.Usage;
}
catch (Exception refused) when (refused is FairwayException or LinuxException)
{
    log.Write(LogLevel.Critical, refused.Message);
    return ExitCode.Failure;
}
