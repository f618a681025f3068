using System.Globalization;
using System.Net.Sockets;
using Fairway.Model.Endpoints;

namespace Fairway.Machines.Tests;

/// <summary>An endpoint as a hypervisor and a guest see it.</summary>
internal sealed record GuestNic(Endpoint Endpoint, int Mtu)
{
    public string Mac => Endpoint.MacAddress.ToString();

    public static async Task<GuestNic> OfAsync(Machine machine, string endpoint)
    {
        Endpoint nic = await machine.Client.GetEndpointAsync(endpoint);
        return new GuestNic(nic, (await machine.Client.GetNetworkAsync(nic.Spec.NetworkId.ToString())).Mtu);
    }

    /// <summary>What QEMU is told, as docs/virtual-machines.md has it.</summary>
    public IEnumerable<string> Options(int number) =>
    [
        "-netdev", string.Create(CultureInfo.InvariantCulture, $"tap,id=n{number},ifname={Endpoint.Spec.InterfaceName},script=no,downscript=no"),
        "-device", string.Create(CultureInfo.InvariantCulture, $"virtio-net-pci,netdev=n{number},mac={Mac},host_mtu={Mtu},romfile="),
    ];

    /// <summary>What the guest does with its addresses of one family.</summary>
    public string Up(AddressFamily family)
        => $"up {Mac} {string.Join(' ', Endpoint.Addresses.Where(address => address.Address.AddressFamily == family).Select(address => $"{address.Address}/{address.PrefixLength}"))}";
}
