using Fairway.Model.Hcn.Query;

namespace Fairway.Api.Hcn;

/// <summary>The query of a list: a HostComputeQuery document in the query string.</summary>
internal static class HcnQuery
{
    private const string Parameter = "query";

    public static (string Name, string Meaning) Documentation => (Parameter,
        """A HostComputeQuery as JSON, e.g. {"Filter":"{\"Name\":\"web\"}"}; filters by ID, Name, HostComputeNetwork (or VirtualNetwork) and HostComputeNamespace. Everything when left out.""");

    public static (HostComputeQuery Query, HcnFilter Filter) Of(HttpContext context) => HcnFilter.Read(context.Request.Query[Parameter].FirstOrDefault());
}
