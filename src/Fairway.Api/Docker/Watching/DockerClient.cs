using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairway.Api.Transport;

namespace Fairway.Api.Docker.Watching;

/// <summary>The little that is asked of Docker's API, over its socket, in the version the engine speaks by itself.</summary>
internal sealed class DockerClient(string socketPath) : IDisposable
{
    private const string Events = """/events?filters={"type":["container","network"]}""";

    private readonly HttpClient _http = new(EngineSocket.HandlerOf(socketPath)) { BaseAddress = new Uri("http://docker"), Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Events from now on, until Docker ends. The first one is null: from then on nothing is missed.</summary>
    public async IAsyncEnumerable<DockerEvent?> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.EnsureSuccessStatusCode();
        yield return null;
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line)
            yield return JsonSerializer.Deserialize(line, DockerApiJson.Default.DockerEvent);
    }

    public async Task<DockerNetwork[]> ListNetworksAsync(CancellationToken cancellation) =>
        await GetAsync("/networks", DockerApiJson.Default.DockerNetworkArray, cancellation) ?? [];

    public Task<DockerNetwork?> FindNetworkAsync(string id, CancellationToken cancellation) =>
        GetAsync($"/networks/{Uri.EscapeDataString(id)}", DockerApiJson.Default.DockerNetwork, cancellation);

    /// <summary>Running containers.</summary>
    public async Task<ContainerEntry[]> ListContainersAsync(CancellationToken cancellation) =>
        await GetAsync("/containers/json", DockerApiJson.Default.ContainerEntryArray, cancellation) ?? [];

    /// <summary>A container, or null when it is gone. Docker answers when it is done with what it does to the container.</summary>
    public Task<ContainerDetails?> FindContainerAsync(string id, CancellationToken cancellation) =>
        GetAsync($"/containers/{Uri.EscapeDataString(id)}/json", DockerApiJson.Default.ContainerDetails, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> contract, CancellationToken cancellation)
        where T : class
    {
        using var answer = await _http.GetAsync(path, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync(contract, cancellation);
    }
}
