using Fairway.Client;
using Fairway.Model.Attach;
using Fairway.Model.Errors;
using Fairway.Netavark.Documents;
using Fairway.Netavark.Translation;

namespace Fairway.Netavark.Commands;

/// <summary><c>setup</c>: all of a container's networks, or none.</summary>
internal sealed class SetupCommand(FairwayClient client, TextWriter log)
{
    /// <summary>A network may go with its last endpoint just when the next one comes.</summary>
    private const int Attempts = 4;

    /// <summary>Connects a container.</summary>
    /// <returns>What it got, by Podman's name of the network.</returns>
    /// <exception cref="FairwayException">Fairway refused; nothing is left of the attempt.</exception>
    public async Task<IReadOnlyDictionary<string, StatusDocument>> RunAsync(Container container, string netnsPath)
    {
        var plans = JoinPlanner.Plan(container, netnsPath, PodmanStorage.ImageOf(container.Id));
        var statuses = new Dictionary<string, StatusDocument>();
        var made = new Stack<JoinPlan>();
        try
        {
            foreach (var plan in plans)
            {
                made.Push(plan);
                statuses.Add(plan.Network.Name, StatusTranslation.ToStatus(await JoinAsync(plan).ConfigureAwait(false), plan.Network));
            }
            return statuses;
        }
        catch (FairwayException problem)
        {
            // A daemon that is not there has done nothing.
            if (problem.Kind != ErrorKind.Unavailable || made.Count > 1)
                await TakeBackAsync(made).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<AttachResult> JoinAsync(JoinPlan plan)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttachAsync(plan.Attach).ConfigureAwait(false);
            }
            catch (FairwayException absent) when (absent.HcnCode == HcnErrorCode.NetworkNotFound && plan.Make is not null && attempt < Attempts)
            {
                await MakeNetworkAsync(plan).ConfigureAwait(false);
            }
        }
    }

    private async Task MakeNetworkAsync(JoinPlan plan)
    {
        try
        {
            await client.CreateNetworkAsync(plan.Make!).ConfigureAwait(false);
        }
        catch (FairwayException present) when (present.Kind == ErrorKind.AlreadyExists)
        {
            // Another container of the network may have been faster; a stranger of the same name is not meant.
            if (await FindAsync(plan.Network.Name).ConfigureAwait(false) is { } stranger && stranger != plan.Make!.Id)
            {
                throw new FairwayException(ErrorKind.AlreadyExists, present.Subject,
                    $"network '{plan.Network.Name}' exists in Fairway and is not this one of Podman's; to join it, create Podman's with --label {NetworkTranslation.Joins}={plan.Network.Name}, else choose another name", inner: present);
            }
        }
    }

    private async Task<Guid?> FindAsync(string name)
    {
        try
        {
            return (await client.GetNetworkAsync(name).ConfigureAwait(false)).Spec.Id;
        }
        catch (FairwayException absent) when (absent.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Attaches. A container that joins one more network brings its ports along; when they are published already, and by itself, there is
    /// nothing to publish.
    /// </summary>
    private async Task<AttachResult> AttachAsync(AttachRequest request)
    {
        try
        {
            return await client.AttachAsync(request).ConfigureAwait(false);
        }
        catch (FairwayException taken) when (taken.HcnCode == HcnErrorCode.PortAlreadyExists && !request.Publish.IsEmpty)
        {
            var others = await Siblings.FindAsync(client, request.NetnsPath, request.Owner!).ConfigureAwait(false);
            if (others.All(endpoint => endpoint.Spec.Publications.IsEmpty))
                throw;
            return await client.AttachAsync(request with { Publish = [] }).ConfigureAwait(false);
        }
    }

    private async Task TakeBackAsync(IEnumerable<JoinPlan> plans)
    {
        foreach (var plan in plans)
        {
            try
            {
                await client.DetachAsync(new DetachRequest(plan.Attach.Owner!, plan.Attach.InterfaceName)).ConfigureAwait(false);
                if (plan.Make is { } network)
                    await client.DeleteNetworkAsync(network.Id.ToString("D")).ConfigureAwait(false);
            }
            catch (FairwayException kept) when (kept.Kind is ErrorKind.NotFound or ErrorKind.Conflict)
            {
                // It went by itself, or others use it.
            }
            catch (FairwayException problem)
            {
                await log.WriteLineAsync($"fairway-netavark: take back network '{plan.Network.Name}': {problem.Message}").ConfigureAwait(false);
            }
        }
    }
}
