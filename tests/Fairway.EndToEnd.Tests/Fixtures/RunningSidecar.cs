using System.Diagnostics;
using System.Globalization;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>A <see cref="SidecarProgram"/> that listens, in a place; root's, as this suite is.</summary>
internal sealed class RunningSidecar : IDisposable
{
    public const int Outbound = 15001;
    public const int Inbound = 15006;

    private readonly Process _process;

    private RunningSidecar(Process process) => _process = process;

    public static async Task<RunningSidecar> StartAsync(Place place)
    {
        Process process = Programs.Start(Programs.Inside(place.Path, Environment.ProcessPath!, SidecarProgram.Marker,
            Outbound.ToString(CultureInfo.InvariantCulture), Inbound.ToString(CultureInfo.InvariantCulture)));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        if (await process.StandardOutput.ReadLineAsync(patience.Token) == "ready")
            return new RunningSidecar(process);
        throw new InvalidOperationException($"the sidecar ended: {await process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
