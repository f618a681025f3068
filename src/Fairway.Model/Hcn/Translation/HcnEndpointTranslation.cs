using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Policies;

namespace Fairway.Model.Hcn.Translation;

/// <summary>HostComputeEndpoint to and from endpoints of ours. docs/spec/hcn.md says what of a document is honoured.</summary>
public static class HcnEndpointTranslation
{
    /// <summary>The spec a document asks for; it carries the document, so that everything in it is returned.</summary>
    /// <param name="document">The document.</param>
    /// <param name="network">The network its HostComputeNetwork names.</param>
    /// <exception cref="FairwayException">The document is wrong, or asks for what this release does not do; every finding is in it.</exception>
    public static EndpointSpec ToSpec(HostComputeEndpoint document, Network network)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(network);
        var reader = new EndpointReader(document, network);
        var spec = reader.Read();
        var subject = Subject.Of("endpoint", document.Name);
        FairwayException.ThrowIfAny($"create {subject}", subject, reader.Findings);
        return spec;
    }

    /// <summary>An answer to the spec as an answer to the document it came from: its findings name the document's members.</summary>
    /// <param name="problem">What creating the endpoint answered.</param>
    /// <param name="document">The document the spec was translated from.</param>
    /// <param name="network">Its network.</param>
    public static FairwayException Explain(FairwayException problem, HostComputeEndpoint document, Network network)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var reader = new EndpointReader(document, network);
        reader.Read();
        return reader.Explain(problem);
    }

    /// <summary>The document as HNS would return it: as received, completed by what was allocated.</summary>
    /// <param name="endpoint">A stored endpoint.</param>
    /// <param name="network">Its network.</param>
    /// <param name="asked">The schema version a query asks for, or null.</param>
    /// <param name="policies">Its access rules; none when null.</param>
    public static HostComputeEndpoint ToDocument(Endpoint endpoint, Network network, SchemaVersion? asked = null, PolicySet? policies = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(network);
        return EndpointWriter.Write(endpoint, network, policies ?? PolicySet.Empty(endpoint.Spec.Id), asked);
    }
}
