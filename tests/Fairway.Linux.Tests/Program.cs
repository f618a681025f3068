using Fairway.Linux.Tests.Bpf;
using Fairway.Linux.Tests.Processes;

return args switch
{
    [ReplacedProcess.Marker, ..] => ReplacedProcess.Replace(args[1..]),
    [LibbpfProbe.Marker] => LibbpfProbe.Run(),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
