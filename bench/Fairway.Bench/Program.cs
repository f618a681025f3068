using Fairway.Bench;
using Fairway.Bench.Running;
using Fairway.Bench.Workers;

if (args is ["worker", .. var role])
    return Worker.Run(role);
string root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));
if (args is ["--help" or "-h"])
{
    Console.WriteLine(Options.Usage);
    return 0;
}
Options options;
try
{
    options = Options.Parse(args, root);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine($"{e.Message}\n{Options.Usage}");
    return 2;
}
using var interruption = new Interruption();
try
{
    Comparison.Run(options, interruption.Token);
    return 0;
}
catch (Exception) when (interruption.Token.IsCancellationRequested)
{
    return 130;
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
