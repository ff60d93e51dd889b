using Grpc.Core;

namespace DataGen.Contracts;

/// <summary>Calls to Tasks as the caller of the current request. <see cref="CallerClientExtensions.AddTasksClient"/>
/// gives every call the caller's identity token and a deadline.</summary>
public sealed class TasksClient(CallInvoker invoker) : Tasks.TasksClient(invoker);
