using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Access;

/// <summary>Who may use the API: root and its group on the socket, holders of a good certificate over TCP, nobody else.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const int Port = 8443;

    private readonly Authority _trusted = new("trusted"), _other = new("other");
    private readonly string _files = Directory.CreateTempSubdirectory("fairway-tls-").FullName;
    private readonly Machine _machine;

    public AccessTests()
    {
        using X509Certificate2 server = _trusted.ForServer();
        File.WriteAllText(Path.Combine(_files, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_files, "key.pem"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(_files, "clients.pem"), _trusted.Pem);
        _machine = new Machine
        {
            DaemonOptions = ["--listen", $"{Machine.HostAddress4}:{Port}", "--tls-certificate", $"{_files}/server.pem", "--tls-key", $"{_files}/key.pem", "--tls-clients", $"{_files}/clients.pem"],
        };
    }

    public ValueTask InitializeAsync() => _machine.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _machine.DisposeAsync();
        _trusted.Dispose();
        _other.Dispose();
        Directory.Delete(_files, recursive: true);
    }

    [Fact]
    public async Task Network_ServesHoldersOfAGoodCertificate_AndNobodyElse()
    {
        using X509Certificate2 good = _trusted.ForClient(), expired = _trusted.ForClient(validForDays: -1), wrong = _other.ForClient(), purpose = _trusted.ForServer();
        Assert.Contains("\"Revision\"", await GetAsync(good), StringComparison.Ordinal);
        foreach (var (what, certificate) in (IEnumerable<(string, X509Certificate2?)>)[("none", null), ("an expired one", expired), ("one of another authority", wrong), ("a server's", purpose)])
        {
            Exception refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => GetAsync(certificate));
            Assert.True(refused is HttpRequestException, what);
        }
        // Not even a request line without TLS.
        using Socket plain = await _machine.Lan.ConnectAsync(Machine.HostAddress4, Port);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await plain.SendAsync("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), patience.Token);
        byte[] answer = new byte[1024];
        int length;
        try
        {
            length = await plain.ReceiveAsync(answer, patience.Token);
        }
        catch (SocketException)
        {
            length = 0;
        }
        Assert.DoesNotContain("HTTP/1.1 200", System.Text.Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        Assert.Contains("\"Revision\"", await GetAsync(good), StringComparison.Ordinal);
        Run.Tell("TCP: a good certificate is served; none, an expired one, one of another authority, a server's, and no TLS are not");
    }

    [Fact]
    public async Task Socket_IsForRootAndItsGroup()
    {
        string mode = (await Programs.RunAsync(["stat", "-c", "%a %U", _machine.SocketPath])).Expect().Trim();
        Assert.Equal("660 root", mode);
        string[] stranger = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        CommandResult refused = await Programs.RunAsync([.. stranger, Programs.Fairway, "--socket", _machine.SocketPath, "network", "list"]);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("fairway", refused.Errors, StringComparison.Ordinal);

        // Whoever opens the file to everybody has not opened the API.
        (await Programs.RunAsync(["chmod", "666", _machine.SocketPath])).Expect();
        CommandResult gated = await Programs.RunAsync([.. stranger, "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--unix-socket", _machine.SocketPath, "http://fairway/v1/networks"]);
        Assert.Equal("403", gated.Output);
    }

    private async Task<string> GetAsync(X509Certificate2? certificate)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, _) => new NetworkStream(await _machine.Lan.ConnectAsync(Machine.HostAddress4, Port), ownsSocket: true),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificates = certificate is null ? null : [certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
            },
        };
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, Timeout = TimeSpan.FromSeconds(60) };
        return await client.GetStringAsync(new Uri($"https://{Machine.HostAddress4}:{Port}/v1/health"), TestContext.Current.CancellationToken);
    }
}
