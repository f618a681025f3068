using System.Text;
using Fairway.Cni;
using Fairway.Linux;

// Not through Console, which starts a thread for signals before it writes its first byte.
using var input = DescriptorStream.OpenInput();
using var output = DescriptorStream.OpenOutput();
if (args is ["--version"])
{
    output.Write(Encoding.UTF8.GetBytes($"fairway-cni {typeof(Plugin).Assembly.GetName().Version?.ToString(3)}\n"));
    return 0;
}
return Plugin.Run(Environment.GetEnvironmentVariable, input, output, line =>
{
    using var errors = DescriptorStream.OpenError();
    errors.Write(Encoding.UTF8.GetBytes($"fairway-cni: {line}\n"));
});
