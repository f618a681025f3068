using Fairway.Client.Direct;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Model.Errors;
using Fairway.Model.Health;

namespace Fairway.Cni.Commands;

/// <summary>STATUS: whether an ADD would find a daemon, and a network as the configuration says. Containers that run need neither.</summary>
internal static class StatusCommand
{
    public static void Run(NetworkConfiguration configuration, DirectClient client, Action<string> log)
    {
        try
        {
            var health = client.GetHealth();
            if (health.Status == HealthStatus.Starting)
                throw NotAvailable("fairwayd is starting; try again");
            foreach (var problem in health.Problems)
                log(problem);
            if (new NetworkProvision(configuration, client).Find() is { } network && configuration.Shape.DifferenceOf(network) is { } difference)
                throw NotAvailable($"network '{configuration.Network}' exists and is not as the configuration says: {difference}");
        }
        catch (FairwayException e) when (e.Kind == ErrorKind.Unavailable)
        {
            throw NotAvailable(e.Message);
        }
    }

    private static CniException NotAvailable(string message) => new(CniErrorCode.NotAvailable, message);
}
