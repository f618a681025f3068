namespace Fairway.Api.Http;

/// <summary>One server-sent event.</summary>
/// <param name="Document">Its data.</param>
/// <param name="Name">Its type, or null.</param>
/// <param name="Id">From where a client resumes, or null.</param>
internal readonly record struct StreamedEvent<T>(T Document, string? Name = null, long? Id = null);
