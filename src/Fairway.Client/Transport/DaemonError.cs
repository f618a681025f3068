using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Json;

namespace Fairway.Client.Transport;

/// <summary>Reads the error document of an answer; what is not one (another program's socket, a broken daemon) is told as such.</summary>
internal static class DaemonError
{
    public static async Task<FairwayException> ReadAsync(Call call, HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
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
            $"{call.Operation}: HTTP status {(int)response.StatusCode} without an explanation; see that fairwayd, and no other program, serves this socket");
    }
}
