namespace Fairway.Torture.Tests.Traffic;

/// <summary>Traffic that runs beside a test until it is ended, and tells then what was lost.</summary>
internal interface IStream : IAsyncDisposable
{
    /// <summary>Which way it goes.</summary>
    string Name { get; }

    /// <summary>Stops sending, waits for what is on the way, and tells how it went.</summary>
    Task<StreamResult> EndAsync();
}
