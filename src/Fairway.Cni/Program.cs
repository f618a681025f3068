using Fairway.Cni;

if (args is ["--version"])
{
    Console.Out.WriteLine($"fairway-cni {typeof(Plugin).Assembly.GetName().Version?.ToString(3)}");
    return 0;
}
using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
return Plugin.Run(Environment.GetEnvironmentVariable, input, output, line => Console.Error.WriteLine($"fairway-cni: {line}"));
