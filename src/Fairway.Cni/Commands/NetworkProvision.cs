using Fairway.Client.Direct;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Cni.Commands;

/// <summary>Sees that the configuration's network is there as the configuration says: made on first use, joined when it fits.</summary>
internal sealed class NetworkProvision(NetworkConfiguration configuration, DirectClient client)
{
    private bool _made;

    /// <summary>
    /// Whether the network must be looked at before it is used: when the configuration says how it is, or when its name might be taken for
    /// the beginning of another network's id.
    /// </summary>
    public bool MustBeSeen => !configuration.Shape.IsSilent || configuration.Network.All(character => char.IsAsciiHexDigit(character) || character == '-');

    /// <summary>Finds the network, or makes it.</summary>
    public void Ensure()
    {
        if (Find() is not { } network)
            network = Make();
        if (configuration.Shape.DifferenceOf(network) is { } difference)
            throw new CniException(CniErrorCode.InvalidConfiguration, $"network '{network.Spec.Name}' exists and is not as the configuration says: {difference}; "
                + "correct the configuration, name another network, or delete this one");
    }

    /// <summary>The network, or null.</summary>
    public Network? Find()
    {
        try
        {
            var network = client.GetNetwork(configuration.Network);
            return network.Spec.Name.Equals(configuration.Network, StringComparison.OrdinalIgnoreCase) ? network : null;
        }
        catch (FairwayException e) when (e.Kind is ErrorKind.NotFound or ErrorKind.Conflict)
        {
            // Conflict: it is the beginning of several ids, and so no name.
            return null;
        }
    }

    /// <summary>Takes back a network made by this call, unless somebody has joined it meanwhile.</summary>
    public void Undo()
    {
        if (!_made)
            return;
        try
        {
            client.DeleteNetwork(configuration.Network);
        }
        catch (FairwayException)
        {
            // It is in use, or the daemon is gone; the answer is the failure that led here.
        }
    }

    private Network Make()
    {
        try
        {
            var network = client.CreateNetwork(configuration.Shape.ToSpec(configuration.Network));
            _made = true;
            return network;
        }
        catch (FairwayException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            // Another container's ADD was faster.
            return Find() ?? throw new FairwayException(ErrorKind.Unavailable, e.Subject, $"{e.Message}; it is gone again: try again", inner: e);
        }
    }
}
