using System.Text;

namespace Fairway.Client.Direct;

/// <summary>Reads lines and counted bytes from a blocking stream.</summary>
internal sealed class ReceiveBuffer(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next line, without its CRLF; null when it is longer than allowed.</summary>
    public string? ReadLine(int maximum)
    {
        var line = new StringBuilder();
        while (true)
        {
            var waiting = _buffer.AsSpan(_start, _end - _start);
            var feed = waiting.IndexOf((byte)'\n');
            line.Append(Encoding.ASCII.GetString(feed < 0 ? waiting : waiting[..feed]));
            if (feed >= 0)
            {
                _start += feed + 1;
                return line.ToString().TrimEnd('\r');
            }
            if (line.Length > maximum)
                return null;
            Fill();
        }
    }

    /// <summary>Exactly so many bytes.</summary>
    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            if (_start == _end)
                Fill();
            var part = Math.Min(count - done, _end - _start);
            _buffer.AsSpan(_start, part).CopyTo(bytes.AsSpan(done));
            (_start, done) = (_start + part, done + part);
        }
        return bytes;
    }

    private void Fill()
    {
        _start = 0;
        _end = stream.Read(_buffer);
        if (_end == 0)
            throw new IOException("the connection was ended");
    }
}
