namespace DataGen.Mock.R1fs;

/// <summary>A file as it was added.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record R1fsContent(string Name, byte[] Bytes);
