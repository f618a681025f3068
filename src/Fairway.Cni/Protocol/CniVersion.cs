namespace Fairway.Cni.Protocol;

/// <summary>A version of the protocol, and what sets it apart from the others.</summary>
/// <param name="Text">As it stands in <c>cniVersion</c>.</param>
/// <param name="Order">Later versions have greater numbers.</param>
internal sealed record CniVersion(string Text, int Order)
{
    private static readonly CniVersion s_v040 = new("0.4.0", 1);
    private static readonly CniVersion s_v100 = new("1.0.0", 2);
    private static readonly CniVersion s_v110 = new("1.1.0", 3);

    /// <summary>All that are spoken, oldest first.</summary>
    public static IReadOnlyList<CniVersion> All { get; } = [new("0.3.1", 0), s_v040, s_v100, s_v110];

    public static CniVersion Latest => s_v110;

    /// <summary>Addresses say their family: <c>"version": "4"</c>.</summary>
    public bool AddressesHaveVersions => Order < s_v100.Order;

    /// <summary>Interfaces tell their MTU.</summary>
    public bool InterfacesHaveMtu => Order >= s_v110.Order;

    /// <summary>Whether a command exists in this version.</summary>
    public bool Has(CniCommand command) => command switch
    {
        CniCommand.Check => Order >= s_v040.Order,
        CniCommand.Gc or CniCommand.Status => Order >= s_v110.Order,
        _ => true,
    };

    public static CniVersion? Find(string? text) => All.FirstOrDefault(version => version.Text == text);

    /// <summary>For messages: <c>0.3.1, 0.4.0, ...</c>.</summary>
    public static string Spoken => string.Join(", ", All.Select(version => version.Text));
}
