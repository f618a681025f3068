using System.Globalization;
using Fairway.Bench.DataPath;
using Fairway.Bench.Workers;

return args switch
{
    ["worker", .. var rest] => Worker.Run(rest),
    ["datapath"] => DataPathBench.Run(rounds: 5, TimeSpan.FromSeconds(1)),
    ["datapath", var rounds] => DataPathBench.Run(int.Parse(rounds, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(1)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Fairway.Bench datapath [ROUNDS]");
    return 2;
}
