using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of what a network is, as a request says it.</summary>
internal interface INetworkChange
{
    /// <summary>The network's spec with the change made.</summary>
    /// <exception cref="FairwayException">The request is wrong, or does not fit the network; every finding is in it.</exception>
    NetworkSpec For(NetworkSpec present);

    /// <summary>An answer about the spec, as one about the request; after <see cref="For"/>.</summary>
    FairwayException Explain(FairwayException problem);
}
