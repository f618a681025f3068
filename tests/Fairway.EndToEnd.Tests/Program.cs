using Fairway.EndToEnd.Tests.Fixtures;

return args is [SidecarProgram.Marker, ..]
    ? SidecarProgram.Run(int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture))
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
