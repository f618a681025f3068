namespace Fairway.Engine.Store;

/// <summary>A write that has been made in memory and is on its way to the disk.</summary>
/// <param name="Result">What the change returned.</param>
/// <param name="OnDisk">Completes when it, and all it rests on, is on the disk; fails when the disk refused, and then it never was.</param>
internal readonly record struct StoreWrite<T>(T Result, Task OnDisk);
