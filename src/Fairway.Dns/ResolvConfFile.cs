namespace Fairway.Dns;

/// <summary>
/// The host's resolv.conf, read again when somebody asks and two seconds have passed. A watch on the file would miss what happens behind its
/// usual chain of symbolic links, and reading it costs less than a forwarded query.
/// </summary>
/// <param name="path">The file, usually <c>/etc/resolv.conf</c>.</param>
/// <param name="time">The clock.</param>
public sealed class ResolvConfFile(string path, TimeProvider time) : IUpstreamSource
{
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private UpstreamConfiguration? _current;
    private string? _text;
    private long _readAt;

    /// <inheritdoc/>
    public UpstreamConfiguration Current
    {
        get
        {
            lock (_gate)
            {
                if (_current is null || time.GetElapsedTime(_readAt) >= s_freshness)
                    Read();
                return _current!;
            }
        }
    }

    private void Read()
    {
        _readAt = time.GetTimestamp();
        string? text = TryReadText();
        // Programs that rewrite the file in place leave it empty for a moment: what it said before stays until it says something.
        if (_current is not null && (string.IsNullOrWhiteSpace(text) || text == _text))
            return;
        _text = text;
        var configuration = UpstreamConfiguration.Parse(text ?? "");
        if (!configuration.Equals(_current))
            _current = configuration;
    }

    private string? TryReadText()
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
