using DataGen.AppHost.AppModel;

var builder = DistributedApplication.CreateBuilder(args);

var target = DeploymentTarget.Add(builder);
var settings = SharedSettings.Add(builder);
var backends = Backends.Add(builder);

var runner = builder.AddRunner(settings, backends, target);
var tasks = builder.AddTasks(settings, backends, target, runner);
var web = builder.AddWeb(settings, target, tasks);
builder.AddGateway(settings, backends, target, tasks, web);

builder.Build().Run();
