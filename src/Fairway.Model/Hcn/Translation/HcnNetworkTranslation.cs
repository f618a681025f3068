using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Policies;

namespace Fairway.Model.Hcn.Translation;

/// <summary>HostComputeNetwork to and from networks of ours. docs/spec/hcn.md says what of a document is honoured.</summary>
public static class HcnNetworkTranslation
{
    /// <summary>The spec a document asks for; it carries the document, so that everything in it is returned.</summary>
    /// <exception cref="FairwayException">The document is wrong, or asks for what this release does not do; every finding is in it.</exception>
    public static NetworkSpec ToSpec(HostComputeNetwork document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var reader = new NetworkReader(document);
        var spec = reader.Read();
        var subject = Subject.Of("network", document.Name);
        FairwayException.ThrowIfAny($"create {subject}", subject, reader.Findings);
        return spec;
    }

    /// <summary>An answer to the spec as an answer to the document it came from: its findings name the document's members.</summary>
    /// <param name="problem">What creating the network answered.</param>
    /// <param name="document">The document the spec was translated from.</param>
    public static FairwayException Explain(FairwayException problem, HostComputeNetwork document)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var reader = new NetworkReader(document);
        reader.Read();
        return reader.Explain(problem);
    }

    /// <summary>The document as HNS would return it: as received, completed by what was allocated.</summary>
    /// <param name="network">A stored network.</param>
    /// <param name="asked">The schema version a query asks for, or null.</param>
    /// <param name="policies">Its access rules and address sets; none when null.</param>
    public static HostComputeNetwork ToDocument(Network network, SchemaVersion? asked = null, PolicySet? policies = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return NetworkWriter.Write(network, policies ?? PolicySet.Empty(network.Spec.Id), asked);
    }
}
