namespace Fairway.Bench.Workers;

/// <summary>The part of the program that runs inside a namespace: a server, or a client that takes orders until its input ends.</summary>
internal static class Worker
{
    public static int Run(string[] arguments) => arguments switch
    {
        ["serve"] => Server.Run(),
        ["call"] => Call(),
        _ => throw new ArgumentException($"worker: expected serve or call, not '{string.Join(' ', arguments)}'"),
    };

    private static int Call()
    {
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            try
            {
                Console.WriteLine(Client.Measure(ClientOrder.Parse(line)));
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                Console.WriteLine($"error {e.Message}");
            }
        }
        return 0;
    }
}
