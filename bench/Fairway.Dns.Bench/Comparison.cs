using System.Diagnostics;
using System.Net;

namespace Fairway.Dns.Bench;

/// <summary>Our resolver in a process of its own, asked in the ways that differ.</summary>
internal static class Comparison
{
    private static readonly (string Title, string Name)[] s_cases =
        [("own name", "c500.web"), ("unknown name", "nobody#"), ("outside, cached", "cached.example.com"), ("outside, forwarded", "n#.example.com")];

    public static async Task RunAsync()
    {
        var at = new IPEndPoint(new IPAddress([127, 7, 0, 1]), 5353);
        using Process server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["serve", at.ToString()]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await server.StandardOutput.ReadLineAsync();
        foreach ((string title, string name) in s_cases)
        {
            await Load.RunAsync(at, name, 100, TimeSpan.FromSeconds(1));
            foreach (int clients in (int[])[1, 1000])
            {
                TimeSpan before = Busy(server);
                Result result = await Load.RunAsync(at, name, clients, TimeSpan.FromSeconds(5));
                double each = (Busy(server) - before).TotalMicroseconds / Math.Max(result.Answers, 1);
                Console.WriteLine($"{title,-20} {result}, {each:F1} us of the server's processors a query");
            }
        }
        server.Refresh();
        Console.WriteLine($"resident memory of the server: {server.WorkingSet64 >> 20} MiB");
        server.StandardInput.Close();
        await server.WaitForExitAsync();
    }

    private static TimeSpan Busy(Process server)
    {
        server.Refresh();
        return server.TotalProcessorTime;
    }
}
