using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Fairway.Client.Transport;
using Fairway.Model.Errors;

namespace Fairway.Client.Direct;

/// <summary>
/// One blocking connection that carries requests one after another: HTTP/1.1 (RFC 9112) as far as our daemon speaks it to us. The whole
/// exchange takes a hundred microseconds; HttpClient takes ten milliseconds to be ready for its first.
/// </summary>
internal sealed class DirectConnection(FairwayClientOptions options, Func<FairwayClientOptions, Stream> connect) : IDisposable
{
    private const int MaximumHead = 32 * 1024;
    private const int TryAgain = 11;

    private Stream? _stream;

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="FairwayException">Unavailable: the daemon cannot be reached, or ends the connection.</exception>
    public DirectAnswer Send(Call call)
    {
        try
        {
            var stream = _stream ??= Connect();
            stream.Write(Head(call));
            if (call.Body is { } body)
                stream.Write(body);
            return Receive(call, stream);
        }
        catch (IOException e)
        {
            Dispose();
            throw e.HResult == TryAgain || e.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock }
                ? Unavailable(call, $"no answer within {options.Timeout.TotalSeconds:0.#} s; see fairwayd's log", e)
                : Unavailable(call, "fairwayd ended the connection; it may be restarting: try again", e);
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private Stream Connect()
    {
        try
        {
            return connect(options);
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            throw DaemonSocket.Explain(options.SocketPath, e);
        }
    }

    private byte[] Head(Call call)
    {
        var length = call.Body is { } body ? $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n" : "";
        return Encoding.ASCII.GetBytes($"{call.Method.Method} {call.Path} HTTP/1.1\r\nHost: fairwayd\r\nUser-Agent: {options.UserAgent}\r\n{length}\r\n");
    }

    private static DirectAnswer Receive(Call call, Stream stream)
    {
        var input = new ReceiveBuffer(stream);
        var status = StatusOf(call, input);
        long? length = null;
        var chunked = false;
        for (var line = input.ReadLine(MaximumHead); line is not ""; line = input.ReadLine(MaximumHead))
        {
            var (name, value) = line?.Split(':', 2) is [var before, var after] ? (before, after.Trim()) : throw Broken(call, "a header without a colon");
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                length = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : throw Broken(call, $"length '{value}'");
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                chunked = value.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? true : throw Broken(call, $"transfer encoding '{value}'");
        }
        // 204 has no body, and no header that says so (RFC 9112, 6.3).
        var body = status == 204 ? [] : chunked ? ReadChunks(call, input) : input.Read(checked((int)(length ?? throw Broken(call, "a body without a length"))));
        return new DirectAnswer(status, body);
    }

    // HTTP/1.1 200 OK
    private static int StatusOf(Call call, ReceiveBuffer input)
    {
        var line = input.ReadLine(MaximumHead);
        return line is ['H', 'T', 'T', 'P', '/', '1', '.', _, ' ', ..] && int.TryParse(line.AsSpan(9, Math.Min(3, line.Length - 9)), out var status)
            ? status
            : throw Broken(call, "no HTTP");
    }

    // 1a\r\n...26 bytes...\r\n0\r\n\r\n
    private static byte[] ReadChunks(Call call, ReceiveBuffer input)
    {
        using var whole = new MemoryStream();
        while (true)
        {
            var line = input.ReadLine(MaximumHead);
            if (!int.TryParse(line?.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0)
                throw Broken(call, $"chunk size '{line}'");
            if (size > 0)
                whole.Write(input.Read(size));
            if (input.ReadLine(MaximumHead) is not "")
                throw Broken(call, "a chunk without an end");
            if (size == 0)
                return whole.ToArray();
        }
    }

    private static FairwayException Broken(Call call, string what) => new(ErrorKind.Internal, call.Subject,
        $"{call.Operation}: the answer is not understood ({what}); see that fairwayd, and no other program, serves this socket");

    private static FairwayException Unavailable(Call call, string reason, Exception cause) =>
        new(ErrorKind.Unavailable, "fairwayd", $"{call.Operation}: {reason}", inner: cause);
}
