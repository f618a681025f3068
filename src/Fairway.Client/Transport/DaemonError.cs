using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Json;

namespace Fairway.Client.Transport;

/// <summary>Reads the error document of an answer; what is not one (another program's socket, a broken daemon) is told as such.</summary>
internal static class DaemonError
{
    public static async Task<FairwayException> ReadAsync(Call call, HttpResponseMessage response, CancellationToken cancellation) =>
        Read(call, (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));

    public static FairwayException Read(Call call, int status, byte[] body)
    {
        try
        {
            if (FairwayJson.Deserialize<ErrorDocument>(body) is { Error: not null } document)
                return (document.Subject is null ? document with { Subject = call.Subject } : document).ToException();
        }
        catch (JsonException)
        {
            // Answered below.
        }
        return new FairwayException(ErrorKind.Internal, call.Subject,
            $"{call.Operation}: HTTP status {status} without an explanation; see that fairwayd, and no other program, serves this socket");
    }

    /// <summary>For an answer that is JSON, but not the expected document.</summary>
    public static FairwayException Unexpected(Call call, JsonException e) => new(ErrorKind.Internal, call.Subject,
        $"{call.Operation}: fairwayd's answer is not what this version expects ({e.Message}); use the same version of both", inner: e);
}
