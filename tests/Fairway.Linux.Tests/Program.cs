using Fairway.Linux.Tests.Processes;

return args is [ReplacedProcess.Marker, ..]
    ? ReplacedProcess.Replace(args[1..])
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
